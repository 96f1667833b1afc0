import type { Board } from '../state';
import type { Strings } from '../strings';

/** The place of the banner, whether there is one or not: what appears in it is read out. */
export function Banner({ board, t }: { readonly board: Board; readonly t: Strings }) {
  const banner = board.banner.value;
  const close = () => (board.banner.value = undefined);
  return (
    <div class="banner-place" role={banner?.tone === 'refuse' ? 'alert' : 'status'}>
      {banner && (
        <div class={`banner ${banner.tone}`}>
          <span>{banner.text}</span>
          {banner.action && (
            <button
              type="button"
              class="button small"
              onClick={() => {
                close();
                void banner.action?.run();
              }}
            >
              {banner.action.label}
            </button>
          )}
          <button type="button" class="quiet" onClick={close}>
            {t.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}
