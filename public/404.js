// Mail scanners write the # of a link as %23, and the host then looks for a file of that name. This mends the address and
// goes to the page, which is in the folder that this script came from. The page's own repairedAddress does the same.
(() => {
  // At a host's root all copies of the path are the same file; the first one decides.
  if (document.documentElement.dataset.going) return;
  document.documentElement.dataset.going = 'home';
  const home = new URL('.', document.currentScript.src).href;
  const path = location.pathname + location.search;
  const found = /%(?:25){0,2}23/.exec(path);
  if (found) {
    const query = path.slice(location.pathname.length, Math.max(location.pathname.length, found.index));
    location.replace(`${home}${query}#${path.slice(found.index + found[0].length)}`);
  } else if (location.href.split(/[?#]/)[0] !== home) {
    location.replace(home);
  }
})();
