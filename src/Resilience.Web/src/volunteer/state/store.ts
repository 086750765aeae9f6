import { memoryKeyValueStore, openKeyValueStore, type KeyValueStore } from '../../shared/phone/keyValueStore';

export const keys = {
  person: 'person',
  tasks: 'tasks',
  here: 'here',
  claims: 'claims',
  /** + idempotency key */
  action: 'action:',
} as const;

export const store: KeyValueStore = typeof indexedDB === 'undefined' ? memoryKeyValueStore() : openKeyValueStore('resilience-volunteer');
