/** Where a directive may stand (`m`ain, `e`vents, `h`ttp, `s`erver, `l`ocation, `u`pstream, `i`f), its arguments, and whether it opens a block. */
export interface DirectiveRule {
  readonly contexts: string;
  readonly least: number;
  readonly most: number;
  readonly block: boolean;
  /** May stand once at most in a block. */
  readonly once: boolean;
}

/** `NAME CONTEXTS LEAST-MOST`, `{` for a block, `1` for one that may not be repeated. Upstream: the `ngx_command_t` tables. */
const table = `
  user m 1-2 1|worker_processes m 1-1 1|pid m 1-1 1|daemon m 1-1 1|error_log mhsl 1-9|events m 0-0 {1|http m 0-0 {1
  worker_connections e 1-1 1|include mehslui 1-1|server h 0-0 {|listen s 1-9|server_name s 1-99|root hsli 1-1 1
  alias l 1-1 1|index hsl 1-99|location sl 1-2 {|return sli 1-2|default_type hsl 1-1 1|types hsl 0-0 {|try_files sl 2-99 1|error_page hsli 2-99
  access_log hsli 1-9|log_format h 2-99|add_header hsli 2-3|server_tokens hsl 1-1 1|sendfile hsl 1-1 1
  tcp_nopush hsl 1-1 1|tcp_nodelay hsl 1-1 1|keepalive_timeout hsl 1-2 1|gzip hsl 1-1 1|multi_accept e 1-1 1|use e 1-1 1
  set sli 2-2|rewrite sli 2-3|break sli 0-0|if sl 1-99 {|internal l 0-0 1|upstream h 1-1 {|allow hsl 1-1|deny hsl 1-1
  proxy_pass li 1-1 1|proxy_set_header hsl 2-2|proxy_hide_header hsl 1-1|proxy_redirect hsl 1-2|proxy_intercept_errors hsl 1-1 1
  proxy_connect_timeout hsl 1-1 1|proxy_read_timeout hsl 1-1 1|proxy_send_timeout hsl 1-1 1|proxy_http_version hsl 1-1 1
  proxy_buffering hsl 1-1 1|proxy_buffers hsl 2-2 1|proxy_buffer_size hsl 1-1 1|proxy_request_buffering hsl 1-1 1
  resolver hsl 1-9 1|resolver_timeout hsl 1-1 1|stub_status sl 0-1 1|types_hash_max_size hsl 1-1 1|server_names_hash_bucket_size h 1-1 1|client_max_body_size hsl 1-1 1`;

const rules = new Map<string, DirectiveRule>(
  table
    .trim()
    .split(/\||\n/)
    .map((entry) => {
      const [name = '', contexts = '', counts = '', marks = ''] = entry.trim().split(' ');
      const [least, most] = counts.split('-').map(Number);
      const rule = {
        contexts,
        least: least ?? 0,
        most: most ?? 0,
        block: marks.includes('{'),
        once: marks.includes('1'),
      };
      return [name, rule];
    }),
);

/** The rule of a directive that has a meaning here. */
export function directiveRule(name: string): DirectiveRule | undefined {
  return rules.get(name);
}

// Directives of the modules that every package of nginx is built with, by the names of the modules where they share one.
const families =
  /^(proxy|fastcgi|uwsgi|scgi|grpc|memcached|ssl|gzip|gunzip|client|auth|limit|keepalive|lingering|open_file_cache|types_hash|server_names_hash|variables_hash|map_hash|resolver|real_ip|sub_filter|charset|dav|http2|http3|quic|mirror|ssi|worker|proxy_protocol|accept_mutex|large_client|log|secure_link|userid|connection_pool|request_pool|send|output|read)_[a-z_0-9]+$/;
const others = new Set(
  (
    'rewrite_log satisfy map geo split_clients stream mail perl hash ip_hash ' +
    'least_conn random zone keepalive autoindex autoindex_exact_size autoindex_localtime ' +
    'autoindex_format expires etag if_modified_since max_ranges gunzip charset aio aio_write directio resolver ' +
    'sub_filter override_charset reset_timedout_connection absolute_redirect port_in_redirect merge_slashes ' +
    'server_name_in_redirect underscores_in_headers ignore_invalid_headers msie_padding msie_refresh recursive_error_pages ' +
    'post_action chunked_transfer_encoding disable_symlinks subrequest_output_buffer_size empty_gif ssi ' +
    'set_real_ip_from mirror slice random_index mp4 flv image_filter xml_entities master_process env load_module ' +
    'lock_file thread_pool timer_resolution pcre_jit working_directory debug_points debug_connection ssl_engine ssl ' +
    'http2 http3 limit_except limit_conn limit_req limit_rate add_trailer userid postpone_output read_ahead pool accept_mutex'
  ).split(' '),
);

/** Whether nginx knows a directive that does nothing here. */
export function isUnsimulated(name: string): boolean {
  return others.has(name) || families.test(name);
}
