/** A cat fact: the same statement in both languages. */
export interface Fact {
  /** Short, stable and unique: what people were told is remembered under it. */
  readonly id: string;
  readonly ko: string;
  readonly en: string;
}
