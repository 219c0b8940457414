// What Material's script leaves in the global scope for others.

declare const document$: { subscribe(next: (document: Document) => void): void }
