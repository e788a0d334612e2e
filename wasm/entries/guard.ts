export { alloc, check, checkWaiting, dealloc, realloc, usable } from '../guard';
