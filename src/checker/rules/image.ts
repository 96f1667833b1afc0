import type { Rule } from '../rule';

/** A placeholder left in an image name is no image name: the kubelet says InvalidImageName. */
export const imagePlaceholder: Rule = {
  id: 'V18',
  look({ spec, path }) {
    return spec.containers.flatMap(({ image }, i) =>
      image && /[<>]/.test(image) ? [{ path: [...path, 'containers', i, 'image'], values: { image } }] : [],
    );
  },
};

/** No tag and no digest means `latest`, which moves. */
export const imageWithoutTag: Rule = {
  id: 'V19',
  look({ spec, path }) {
    return spec.containers.flatMap(({ image }, i) => {
      const last = image?.slice(image.lastIndexOf('/') + 1) ?? '';
      if (!image || last.includes(':') || last.includes('@') || /[<>]/.test(image)) return [];
      return [{ path: [...path, 'containers', i, 'image'], values: { image } }];
    });
  },
};
