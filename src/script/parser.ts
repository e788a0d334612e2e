import { parser as generated } from './generated/heap.ts';

/** The language's parser, colours included: for the editor, and for everything here. */
export const parser = generated;
/** The same tokens in one flat list, without any structure. */
export const tokenParser = generated.configure({ top: 'Tokens' });
