import '../shared/tokens.css';
import { render } from 'preact';

render(<main><h1>Resilience – volunteer</h1></main>, document.getElementById('app')!);
