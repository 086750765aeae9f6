import { signal } from '@preact/signals';
import type { Drawn, SourceName } from './drawn';
import type { Hit } from './MapBoard';

export type InView = Record<SourceName, Drawn['properties'][]>;
/** What is drawn within the view, for the legend and the spoken summary. */
export const inView = signal<InView>({ stations: [], zones: [], alerts: [], incidents: [], posts: [], extents: [], density: [] });
/** Critical sites and roads: shown or not, and how many sites of each kind the view holds. */
export const exposedShown = signal(true);
export const sitesInView = signal<{ kind: string; count: number }[]>([]);
export const chooser = signal<{ hits: Hit[]; x: number; y: number; size: { width: number; height: number } } | null>(null);
export const hover = signal<{ hit: Hit; x: number; y: number; size: { width: number; height: number } } | null>(null);
export const layersOpen = signal(false);
/** Closed on a phone, where it would cover what it explains. */
export const legendOpen = signal(!matchMedia('(max-width: 760px)').matches);
export const visible = signal<Record<SourceName, boolean>>({ stations: true, zones: true, alerts: true, incidents: true, posts: true, extents: true, density: true });
/** While an area is being drawn, clicks on the map are its corners. */
export const drawing = signal<{ corners: [number, number][] } | null>(null);
/** Said to screen readers when Alt+arrow reaches something. */
export const spoken = signal('');
