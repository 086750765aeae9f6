import '../shared/tokens.css';
import { render } from 'preact';

render(<main><h1>Resilience – coordinator</h1></main>, document.getElementById('app')!);
