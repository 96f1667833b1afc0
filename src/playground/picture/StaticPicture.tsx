import type { Strings } from '../strings';
import { ClusterPicture } from './ClusterPicture';
import type { Picture } from './model';
import { Signs } from './Signs';

/** The picture of a cluster where no script runs: on a page of a lesson, on paper. */
export function StaticPicture({ picture, t }: { readonly picture: Picture; readonly t: Strings['picture'] }) {
  return (
    <ClusterPicture picture={picture} t={t}>
      {picture.signs.length > 0 && <Signs signs={picture.signs} t={t} />}
    </ClusterPicture>
  );
}
