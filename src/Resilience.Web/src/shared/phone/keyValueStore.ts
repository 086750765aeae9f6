// What must outlive the page lives in IndexedDB, because a service worker cannot read localStorage.

/** A small store of plain values. `update` is atomic: page and service worker may both write. */
export interface KeyValueStore {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  list<T>(prefix: string): Promise<T[]>;
  /** Writes what `change` returns, or removes the key when it returns undefined. */
  update<T>(key: string, change: (before: T | undefined) => T | undefined): Promise<void>;
}

const TABLE = 'values';

export function openKeyValueStore(name: string): KeyValueStore {
  let opened: Promise<IDBDatabase> | null = null;
  const open = () => (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => { opened = null; reject(request.error ?? new Error('no storage')); };
  }));

  async function run<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore, done: (value: T) => void) => void): Promise<T> {
    const db = await open();
    return new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(TABLE, mode);
      let answer: T;
      work(transaction.objectStore(TABLE), value => { answer = value; });
      transaction.oncomplete = () => resolve(answer);
      transaction.onabort = () => reject(transaction.error ?? new Error('storage gave up'));
    });
  }

  return {
    get: key => run('readonly', (table, done) => { const request = table.get(key); request.onsuccess = () => done(request.result); }),
    set: (key, value) => run<void>('readwrite', table => { table.put(value, key); }),
    remove: key => run<void>('readwrite', table => { table.delete(key); }),
    list: prefix => run('readonly', (table, done) => {
      const request = table.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
      request.onsuccess = () => done(request.result);
    }),
    update: (key, change) => run<void>('readwrite', table => {
      const request = table.get(key);
      request.onsuccess = () => {
        const after = change(request.result);
        if (after === undefined) table.delete(key); else table.put(after, key);
      };
    }),
  };
}

/** For tests, and for browsers that refuse storage: the face still works, it only forgets. */
export function memoryKeyValueStore(): KeyValueStore {
  const values = new Map<string, unknown>();
  return {
    get: async <T>(key: string) => values.get(key) as T | undefined,
    set: async (key, value) => { values.set(key, value); },
    remove: async key => { values.delete(key); },
    list: async <T>(prefix: string) => [...values].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value as T),
    update: async <T>(key: string, change: (before: T | undefined) => T | undefined) => {
      const after = change(values.get(key) as T | undefined);
      if (after === undefined) values.delete(key); else values.set(key, after);
    },
  };
}
