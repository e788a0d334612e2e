// AssemblyScript's own allocator, from the compiler's library, as a C program would call it.
export { __alloc as malloc, __free as free, __realloc as realloc } from 'rt/tlsf';
