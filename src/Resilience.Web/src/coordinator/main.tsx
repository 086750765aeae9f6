import '../shared/tokens.css';
import './styles/base.css';
import './styles/board.css';
import './styles/map.css';
import './styles/detail.css';
import './styles/drafting.css';
import './styles/feeds.css';
import './styles/phone.css';
import { render } from 'preact';
import { applyLanguage } from '../shared/words';
import { App } from './App';
import { applyTheme } from './state/theme';
import { language } from './words';

applyLanguage(language);
applyTheme();
render(<App />, document.getElementById('app')!);
