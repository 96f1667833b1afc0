import { render } from 'preact';
import type { Strings } from '../strings';
import { ClusterPicture } from './ClusterPicture';
import LiveSigns from './LiveSigns';
import type { Picture } from './model';

/** What the style sheets give the drawing; a file of its own has no style sheet. */
const properties = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];
const svgSpace = 'http://www.w3.org/2000/svg';
const margin = 16;

/**
 * The picture of the cluster as a file: drawn once more outside the window, with the colours of the reader's theme
 * written into every element. Pods that are on no node stand below as text.
 */
export function pictureAsSvg(picture: Picture, t: Strings['picture']): string {
  const stage = document.createElement('div');
  stage.className = 'pane cluster off-stage';
  stage.setAttribute('aria-hidden', 'true');
  document.body.append(stage);
  try {
    render(
      <ClusterPicture picture={picture} t={t}>
        {picture.signs.length > 0 && <LiveSigns picture={picture} t={t} />}
      </ClusterPicture>,
      stage,
    );
    return new XMLSerializer().serializeToString(collect(stage));
  } finally {
    render(null, stage);
    stage.remove();
  }
}

/** One drawing with every house where it stands on the page. */
function collect(stage: HTMLElement): SVGSVGElement {
  const ground = stage.getBoundingClientRect();
  const { backgroundColor } = getComputedStyle(document.body);
  const sheet = document.createElementNS(svgSpace, 'svg');
  const width = Math.ceil(ground.width) + 2 * margin;
  const height = Math.ceil(ground.height) + 2 * margin;
  sheet.setAttribute('viewBox', `0 0 ${width} ${height}`);
  sheet.setAttribute('width', String(width));
  sheet.setAttribute('height', String(height));
  const paper = document.createElementNS(svgSpace, 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', backgroundColor);
  sheet.append(paper);
  const at = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - ground.left + margin, y: top - ground.top + margin, width, height };
  };
  for (const house of stage.querySelectorAll<SVGSVGElement>('svg.house')) sheet.append(placed(house, at(house)));
  for (const pod of stage.querySelectorAll('.on-no-node')) sheet.append(...lines(pod, at(pod)));
  return sheet;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function placed(house: SVGSVGElement, box: Box): Node {
  const copy = house.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return copy;
  const originals = [house, ...house.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const property of properties) copies[i]?.setAttribute(property, style.getPropertyValue(property));
    copies[i]?.removeAttribute('class');
  });
  for (const [name, value] of Object.entries(box)) copy.setAttribute(name, String(value));
  copy.setAttribute('overflow', 'visible');
  return copy;
}

function lines(pod: Element, { x, y, width, height }: Box): Node[] {
  const style = getComputedStyle(pod);
  const frame = document.createElementNS(svgSpace, 'rect');
  const attributes = {
    x,
    y,
    width,
    height,
    rx: 8,
    fill: 'none',
    stroke: style.borderTopColor,
    'stroke-dasharray': '2 4',
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, String(value));
  const words = [pod.querySelector('b'), pod.querySelector('.state')].flatMap((element, i) => {
    if (!element?.textContent) return [];
    const text = document.createElementNS(svgSpace, 'text');
    const own = getComputedStyle(element);
    text.setAttribute('x', String(x + 14));
    text.setAttribute('y', String(y + 22 + i * 18));
    text.setAttribute('fill', own.color);
    text.setAttribute('font-family', own.fontFamily);
    text.setAttribute('font-size', own.fontSize);
    text.setAttribute('font-weight', own.fontWeight);
    text.textContent = element.textContent;
    return [text];
  });
  return [frame, ...words];
}
