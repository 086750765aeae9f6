import { computed, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';
const storeKey = 'resilience.theme';
const device = matchMedia('(prefers-color-scheme: dark)');
const deviceDark = signal(device.matches);
device.addEventListener('change', (e) => (deviceDark.value = e.matches));

const stored = (): Theme => {
  try {
    const value = localStorage.getItem(storeKey);
    return value === 'light' || value === 'dark' ? value : 'auto';
  } catch {
    return 'auto';
  }
};
export const theme = signal<Theme>(stored());
export const isDark = computed(() => theme.value === 'dark' || (theme.value === 'auto' && deviceDark.value));

export function setTheme(next: Theme): void {
  theme.value = next;
  applyTheme();
  try {
    localStorage.setItem(storeKey, next);
  } catch {
    // Private browsing: the choice lasts as long as the page.
  }
}

export function applyTheme(): void {
  if (theme.value === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme.value;
}
