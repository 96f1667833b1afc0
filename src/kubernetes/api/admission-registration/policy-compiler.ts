// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/{compile,composition}.go
import { bool, type CelType, dyn, string } from '../../cel/check';
import { compile, type Program } from '../../cel/program';
import { CelError } from '../../cel/source';

/** An expression ready for use, or why it is none. */
export type Compiled =
  { readonly program: Program; readonly error?: undefined } | { readonly program?: undefined; readonly error: string };

export interface CompileOptions {
  /** Types the result may have; none = any. */
  readonly returns?: readonly ('bool' | 'string' | 'null_type')[];
  readonly authorizer: boolean;
}

function object(fields: Readonly<Record<string, CelType>>): CelType {
  return { name: 'object', fields: new Map(Object.entries(fields)) };
}

const kind = object({ group: string, version: string, kind: string });
const resource = object({ group: string, version: string, resource: string });
const request: CelType = {
  ...object({
    kind,
    resource,
    subResource: string,
    requestKind: kind,
    requestResource: resource,
    requestSubResource: string,
    name: string,
    namespace: string,
    operation: string,
    userInfo: object({
      username: string,
      uid: string,
      groups: { name: 'list(string)' },
      extra: { name: 'map(string, list(string))' },
    }),
    dryRun: bool,
    options: dyn,
  }),
  name: 'kubernetes.AdmissionRequest',
};

const authorizerType: CelType = {
  ...object({ requestResource: { name: 'kubernetes.authorization.ResourceCheck' } }),
  name: 'kubernetes.authorization.Authorizer',
};

/** Compiles the expressions of one policy in their order: a variable is known to what comes after it. */
export class PolicyCompiler {
  private readonly variables = new Map<string, CelType>();

  constructor(private readonly has: { readonly params: boolean; readonly variables: boolean }) {}

  /** A variable whose expression is wrong may still be referred to, as anything. */
  compileVariable(name: string, expression: string): Compiled {
    const compiled = this.compile(expression, { authorizer: true });
    this.variables.set(name, compiled.program?.type ?? dyn);
    return compiled;
  }

  compile(expression: string, { returns, authorizer }: CompileOptions): Compiled {
    try {
      const program = compile(expression, this.declared(authorizer));
      const { name } = program.type;
      if (!returns || returns.some((one) => one === name)) return { program };
      const [only, ...others] = returns;
      const wanted = others.length > 0 ? `one of [${returns.join(' ')}]` : `${only} but got ${name}`;
      return { error: `must evaluate to ${wanted}` };
    } catch (error) {
      if (error instanceof CelError) return { error: `compilation failed: ${error.message}` };
      throw error;
    }
  }

  private declared(authorizer: boolean): Map<string, CelType> {
    return new Map<string, CelType>([
      ['object', dyn],
      ['oldObject', dyn],
      ['request', request],
      ['namespaceObject', dyn],
      ...(this.has.params ? [['params', dyn] as const] : []),
      ...(authorizer ? ([['authorizer', authorizerType]] as const) : []),
      ...(this.has.variables ? [['variables', { name: 'kubernetes.variables', fields: this.variables }] as const] : []),
    ]);
  }
}
