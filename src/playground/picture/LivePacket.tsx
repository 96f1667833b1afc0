import { useEffect, useRef } from 'preact/hooks';
import type { Journey } from '@/shell/net/journey';
import type { Picture } from './model';
import { type Way, packetWay } from './packet-way';
import { wear } from '../wear';
import sheet from '@/styles/packet.css?inline';

wear(sheet);

interface Props {
  readonly picture: Picture;
  /** The packet that was sent last. */
  readonly journey: Journey;
}

const pace = 550;

/** A packet on its way: it comes from outside, turns at the ring, and ends at a door, or at the bare wall. Then it is gone. */
export default function LivePacket({ picture, journey }: Props) {
  const layer = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const drawn = layer.current?.closest<HTMLElement>('.picture');
    if (!drawn || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const way = packetWay(drawn, picture, journey);
    const dot = layer.current?.querySelector('circle');
    return way && dot ? run(dot, way) : undefined;
    // The picture changes while it runs; only another packet is a reason to begin again.
  }, [journey]);
  return (
    <svg class="packet" ref={layer} aria-hidden="true">
      <circle r={6} cx={0} cy={0} />
    </svg>
  );
}

/** Moves the dot; what comes back stops it. */
function run(dot: SVGCircleElement, { points, answered }: Way): () => void {
  const moves = points.map(({ x, y }) => ({ transform: `translate(${x}px, ${y}px)`, opacity: 1 }));
  const last = moves.at(-1) ?? { transform: 'none', opacity: 1 };
  const ending = { transform: `${last.transform} scale(${answered ? 2.4 : 0.4})`, opacity: 0 };
  dot.classList.toggle('lost', !answered);
  const animation = dot.animate([...moves, ending], { duration: pace * moves.length, easing: 'ease-in-out' });
  return () => animation.cancel();
}
