/** A bundled cat fact: the same statement in both languages; its source is in factSources.ts. */
export interface Fact {
  /** Short, stable and unique: what people were told is remembered under it. */
  readonly id: string;
  readonly ko: string;
  readonly en: string;
}
