import { useEffect, useState } from 'preact/hooks';
import { server } from '../../shared/client';

export interface Resource<T> { data: T | null; error: unknown; loading: boolean; /** Waiting for over 4 s: say for what. */ slow: boolean; reload(): void }

/** Reads an address and reads it again when it or `key` changes (a layer's version, say). Old data stays until new is there. */
export function useResource<T>(path: string | null, key: unknown = 0): Resource<T> {
  const [state, set] = useState<{ path: string | null; data: T | null; error: unknown; loading: boolean; slow: boolean }>({ path: null, data: null, error: null, loading: true, slow: false });
  const [again, setAgain] = useState(0);
  useEffect(() => {
    if (!path) return;
    const stop = new AbortController();
    const slow = setTimeout(() => set((s) => ({ ...s, slow: true })), 4000);
    set((s) => ({ path, data: s.path === path ? s.data : null, error: null, loading: true, slow: false }));
    server.get<T>(path, stop.signal)
      .then((data) => set({ path, data, error: null, loading: false, slow: false }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) set((s) => ({ ...s, error, loading: false, slow: false }));
      })
      .finally(() => clearTimeout(slow));
    return () => {
      clearTimeout(slow);
      stop.abort();
    };
  }, [path, key, again]);
  return { data: state.path === path ? state.data : null, error: state.error, loading: state.loading, slow: state.slow, reload: () => setAgain((n) => n + 1) };
}
