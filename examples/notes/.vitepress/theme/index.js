// The style of the formulas, and that of handgrad's pieces.
import 'katex/dist/katex.min.css';
import 'handgrad/style.css';
import DefaultTheme from 'vitepress/theme';

export default DefaultTheme;
