import type { Expression } from './program.ts';

/** The value of an expression that is the same in every run, or null: what can be checked before running. */
export function constant(expression: Expression): number | null {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'negate': {
      const value = constant(expression.operand);
      return value === null ? null : value === 0 ? 0 : -value;
    }
    case 'chain': {
      let value = constant(expression.first);
      for (const link of expression.rest) {
        const operand = value === null ? null : constant(link.operand);
        if (operand === null) return null;
        value = combine(link.operator, value!, operand);
        if (value === null) return null;
      }
      return value;
    }
    case 'least':
    case 'most': {
      const values = expression.operands.map(constant);
      if (values.some((value) => value === null)) return null;
      return (expression.kind === 'least' ? Math.min : Math.max)(...(values as number[]));
    }
    case 'variable':
    case 'count':
    case 'size':
      return null;
  }
}

/**
 * One operator on two integers of the language, exactly; null where there is no answer: division by zero, or a result
 * beyond ±(2⁵³−1). `/` rounds down, `mod` has the divisor's sign.
 */
export function combine(operator: '+' | '-' | '*' | '/' | 'mod', a: number, b: number): number | null {
  let value: number;
  switch (operator) {
    case '+':
      value = a + b;
      break;
    case '-':
      value = a - b;
      break;
    case '*':
      value = a * b;
      break;
    case '/': {
      if (b === 0) return null;
      // The remainder is exact in doubles, the quotient of what is left is a whole number and exact too.
      const rest = a % b;
      value = (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0);
      break;
    }
    case 'mod': {
      if (b === 0) return null;
      const rest = a % b;
      value = rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
      break;
    }
  }
  if (!Number.isSafeInteger(value)) return null;
  return value === 0 ? 0 : value;
}

/** A power of two, 1 to 65,536: what an alignment can be. */
export function isAlignment(value: number): boolean {
  return value >= 1 && value <= 65_536 && (value & (value - 1)) === 0;
}
