// Everything the citizen face keeps, it keeps on this phone, under these keys. The service worker reads the same ones.
import { memoryKeyValueStore, openKeyValueStore, type KeyValueStore } from '../../shared/phone/keyValueStore';

export const keys = {
  places: 'places',
  /** + place key */
  watch: 'watch:',
  /** + idempotency key */
  answer: 'answer:',
  subscription: 'subscription',
  noticeAskedNotBefore: 'notice-not-before',
  lastNotice: 'last-notice',
  /** + thread: worst severity already shown, so that an update that is no worse stays silent */
  threadRank: 'thread-rank:',
} as const;

export const store: KeyValueStore = typeof indexedDB === 'undefined' ? memoryKeyValueStore() : openKeyValueStore('resilience-citizen');
