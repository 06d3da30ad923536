/** The fields of a GraphQL object: values, or functions that are called when asked for. */
export type Fields = Readonly<Record<string, unknown>>;

export type Arguments = Readonly<Record<string, unknown>>;

/** The repository an object belongs to, made when asked for. */
export type Home = () => Fields;
