import { stripTypeScriptTypes } from 'node:module';

/** A node of the syntax tree as acorn gives it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export type Parse = (code: string) => Node;

export interface Mutant {
  readonly id: number;
  /** Line in the source, from 1. */
  readonly line: number;
  readonly what: string;
}

/** A module in which every mutant waits for its number in `globalThis.mutant`. */
export interface Instrumented {
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
};

const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  toLowerCase: 'toUpperCase',
  toUpperCase: 'toLowerCase',
  trimStart: 'trimEnd',
  trimEnd: 'trimStart',
  min: 'max',
  max: 'min',
};
/** Calls that are left out, so that what they are called on stays as it is. */
const LEFT_OUT = new Set(['filter', 'slice', 'trim', 'toSorted', 'toReversed', 'normalize']);

/**
 * Puts every mutant of a module into it: comparisons, arithmetic, logic, conditions, literals, calls,
 * regular expressions and whole blocks, each changed in the ways that Stryker changes them.
 */
export function instrument(source: string, parse: Parse): Instrumented {
  // Types become blanks, so that every place stays where it was.
  const text = stripTypeScriptTypes(source);
  const mutants: Mutant[] = [];
  const lineAt = (at: number) => text.slice(0, at).split('\n').length;

  function add(node: Node, what: string): number {
    const id = mutants.length + 1;
    mutants.push({ id, line: lineAt(node.start), what });
    return id;
  }

  /** The node's text with the mutants of all that is in it. */
  function inside(node: Node): string {
    let [code, at] = ['', node.start];
    for (const child of childrenOf(node)) {
      code += text.slice(at, child.start) + rewritten(child, node);
      at = child.end;
    }
    return code + text.slice(at, node.end);
  }

  function rewritten(node: Node, parent: Node): string {
    if (node.type === 'BlockStatement') return blockOf(node, parent);
    const own = inside(node);
    if (!isReplaceable(node, parent)) return own;
    const changes = changesOf(node, text);
    if (changes.length === 0) return own;
    const choices = changes.map(([what, code]) => `$m(${add(node, what)})?(${code}):`).join('');
    return `(${choices}(${own}))`;
  }

  function blockOf(node: Node, parent: Node): string {
    const statements = inside(node).slice(1, -1);
    const isLoop = /^(?:For|While|DoWhile)/.test(parent.type);
    const guard = isLoop ? '$tick();' : '';
    const isEmpty = statements.trim() === '';
    // Without its body a constructor or a handler of errors is no program any more.
    if (isEmpty || parent.type === 'CatchClause' || parent.type === 'StaticBlock') {
      return `{${guard}${statements}}`;
    }
    const id = add(node, 'nothing in the block');
    return `{${guard}if(!$m(${id})){${statements}}}`;
  }

  const tree = parse(text);
  const body = inside(tree);
  // A loop that a mutant never lets end would stop the whole run.
  const head = `const $m=(id)=>globalThis.mutant===id;
let $ticks=0;const $tick=()=>{if(globalThis.mutant>0&&++$ticks>1e8)throw new Error('a loop without end')};
`;
  return { code: head + text.slice(0, tree.start) + body + text.slice(tree.end), mutants };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node)
    .flatMap(([key, value]) => (key === 'parent' ? [] : Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .toSorted((one, other) => one.start - other.start)
    .filter((child, index, all) => index === 0 || child.start >= (all[index - 1]?.end ?? 0));
}

/** Whether another expression can stand in the node's place. */
function isReplaceable(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportAttribute':
    case 'TaggedTemplateExpression':
      return false;
    case 'ExpressionStatement':
      return parent['directive'] === undefined;
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent['key'] !== node || parent['computed'] === true;
    case 'CallExpression':
    case 'NewExpression':
      return parent['callee'] !== node;
    case 'MemberExpression':
      // `a?.b` and what is called on it are one chain.
      return parent['object'] !== node || node.type !== 'CallExpression';
    case 'ChainExpression':
      return false;
    default:
      return !node.type.endsWith('Pattern');
  }
}

type Change = readonly [what: string, code: string];

function changesOf(node: Node, text: string): readonly Change[] {
  const code = text.slice(node.start, node.end);
  const part = (key: string): string => {
    const child = node[key];
    return isNode(child) ? text.slice(child.start, child.end) : '';
  };
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const operator = String(node['operator']);
      return (OPERATORS[operator] ?? []).map((other) => [
        `${operator} becomes ${other}`,
        `(${part('left')}) ${other} (${part('right')})`,
      ]);
    }
    case 'UnaryExpression':
      return node['operator'] === '!' ? [['no !', part('argument')]] : [];
    case 'ConditionalExpression':
      return [
        ['always the first', part('consequent')],
        ['always the second', part('alternate')],
      ];
    case 'Literal':
      return changesOfLiteral(node, code);
    case 'TemplateLiteral':
      return code === '``' ? [] : [['an empty text', '``']];
    case 'ArrayExpression':
      return code.replaceAll(/\s/g, '') === '[]' ? [] : [['an empty list', '[]']];
    case 'ObjectExpression':
      return code.replaceAll(/\s/g, '') === '{}' ? [] : [['an empty object', '{}']];
    case 'ArrowFunctionExpression': {
      const body = node['body'];
      return isNode(body) && body.type === 'BlockStatement'
        ? []
        : [['gives nothing', '() => undefined']];
    }
    case 'CallExpression':
      return changesOfCall(node, text);
    default:
      return [];
  }
}

function changesOfLiteral(node: Node, code: string): readonly Change[] {
  const { value } = node;
  if (typeof value === 'boolean') return [[`${value} becomes ${!value}`, String(!value)]];
  if (typeof value === 'string') {
    return value === '' ? [['some text', "'mutant'"]] : [['an empty text', "''"]];
  }
  if (!(value instanceof RegExp)) return [];
  const { source, flags } = value;
  return [
    ['no ^', source.replace(/^\^/, '')] as const,
    ['no $', source.replace(/\$$/, '')] as const,
    ['a class the other way round', source.replace(/\[(?!\^)/, '[^')] as const,
    ['once instead of often', source.replace(/([\])\w])[+*]/, '$1')] as const,
  ].flatMap(([what, changed]): Change[] => {
    if (changed === source) return [];
    try {
      return [[`${code.slice(0, 40)}: ${what}`, String(new RegExp(changed, flags))]];
    } catch {
      return [];
    }
  });
}

function changesOfCall(node: Node, text: string): readonly Change[] {
  const { callee } = node;
  if (!isNode(callee) || callee.type !== 'MemberExpression' || callee['computed'] === true)
    return [];
  const { object, property } = callee;
  if (!isNode(object) || !isNode(property) || callee['optional'] === true) return [];
  const name = text.slice(property.start, property.end);
  const on = text.slice(object.start, object.end);
  const other = METHODS[name];
  if (other !== undefined) {
    return [[`${name} becomes ${other}`, `${on}.${other}${text.slice(property.end, node.end)}`]];
  }
  return LEFT_OUT.has(name) ? [[`no ${name}`, on]] : [];
}
