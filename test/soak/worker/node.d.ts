/** What of Node's module the runtime has and the driver needs. */
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<Store> {
    run<Value>(store: Store, callback: () => Value): Value;
    getStore(): Store | undefined;
  }
}
