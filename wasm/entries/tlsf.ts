export { alloc, dealloc, init, realloc, usable } from '../allocators/tlsf';
