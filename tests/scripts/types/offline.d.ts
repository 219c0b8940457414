// What the service worker has around it: a line that the build puts before it, and the globals of
// service workers, which TypeScript's library knows only as a type.

declare const KEPT: { version: string; pages: string[]; needs: string[] } | null

declare const registration: ServiceWorkerRegistration
declare const clients: Clients
declare function skipWaiting(): Promise<void>
declare function addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void
declare function addEventListener(
  type: "install" | "activate",
  listener: (event: ExtendableEvent) => void
): void
declare function addEventListener(
  type: "message",
  listener: (event: ExtendableMessageEvent) => void
): void
