/** A bundled cat fact: the same statement in both languages, and who vouches for it. */
export interface Fact {
  /** Short, stable and unique: what people were told is remembered under it. */
  readonly id: string;
  readonly ko: string;
  readonly en: string;
  /** Title and publisher or journal, with a DOI where there is one. For the owner, not for chats. */
  readonly source: string;
}
