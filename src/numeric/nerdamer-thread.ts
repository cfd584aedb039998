/** The program of the thread in which a browser runs nerdamer: a polynomial comes, and goes expanded. */
import nerdamer from 'nerdamer';

addEventListener('message', ({ data }: MessageEvent<string>) => {
  postMessage(expanded(data));
});

function expanded(polynomial: string): string | undefined {
  try {
    return nerdamer(`expand(${polynomial})`).toString();
  } catch {
    return undefined;
  }
}
