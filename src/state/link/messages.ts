import { linkStrings } from '../../model/strings/link.ts';
import { STATE_FILE } from '../state-file.ts';
import { MAX_HASH } from './hash.ts';
import { LANE_LETTERS, type PolicyNotice, type Refusal } from './share-state.ts';

/** Why a link or a file was not opened, and what to do; ends by saying that the visitor's own work stands. */
export function refusalText(refusal: Refusal, thing: 'link' | 'file'): string {
  return `${reason(refusal, thing)} ${linkStrings.workKept}`;
}

function reason(refusal: Refusal, thing: 'link' | 'file'): string {
  const { newer, damaged } = linkStrings;
  const { name } = refusal;
  if (refusal.kind === 'newer') return refusal.what === 'form' ? newer.form(name) : newer[refusal.what](thing, name);
  switch (refusal.why) {
    case 'size':
      return thing === 'link' ? damaged.size.link(name, MAX_HASH) : damaged.size.file(STATE_FILE.bytes);
    case 'setting':
      return damaged.setting(thing, name);
    case 'form':
    case 'cut':
    case 'checksum':
    case 'script':
    case 'unreadable':
    case 'json':
      return damaged[refusal.why];
  }
}

/** That a lane may give other addresses here than where it was shared. */
export function policyText({ lane, name, made, here }: PolicyNotice): string {
  return linkStrings.policy(LANE_LETTERS[lane]!, name, made, here);
}
