export interface RepositoryAddress {
  readonly owner: string;
  readonly name: string;
}
