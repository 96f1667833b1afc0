import { loadDescribers } from '@/kubectl/describe/load';
import { loadGoTemplates } from '@/kubectl/output/load-go-templates';
import { loadRareTools } from '@/shell/commands/load-rare-tools';
import { loadJq } from '@/shell/jq/load';
import { loadResourceTools } from '@/shell/resources/load';

// What a host fetches when a line names it is there in every test.
await Promise.all([loadDescribers(), loadGoTemplates(), loadJq(), loadRareTools(), loadResourceTools()]);
