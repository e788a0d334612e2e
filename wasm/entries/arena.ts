export { alloc, dealloc, init, mark, realloc, release, reset, usable } from '../allocators/arena';
