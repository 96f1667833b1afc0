import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from './model';
import { Signs, type SignsProps } from './Signs';
import { type Wire, wiresOf } from './wires';
import { wear } from '../wear';
import sheet from '@/styles/signs.css?inline';

wear(sheet);

interface Props extends Pick<SignsProps, 't' | 'onLook'> {
  readonly picture: Picture;
}

/** The Services below the houses; from the one that is looked at, wires to the Pods that it leads to. */
export default function LiveSigns({ picture, t, onLook }: Props) {
  const layer = useRef<SVGSVGElement>(null);
  const wires = useSignal<readonly Wire[]>([]);
  const lit = useSignal<string | undefined>(undefined);
  const sign = picture.signs.find(({ key }) => key === lit.value);
  useLayoutEffect(() => {
    const drawn = layer.current?.closest<HTMLElement>('.picture');
    wires.value = drawn && sign ? wiresOf(drawn, sign) : [];
  }, [picture, sign]);
  return (
    <>
      <Signs signs={picture.signs} t={t} onLook={onLook} onVisit={(key) => (lit.value = key)} />
      <svg class="house wires" ref={layer} aria-hidden="true">
        {wires.value.map(({ room, path, tip }) => (
          <g key={room} class="bell">
            <path class="halo" d={path} />
            <path class="wire" d={path} />
            <path class="tip" d={tip} />
          </g>
        ))}
      </svg>
    </>
  );
}
