import { loadDescribers } from '@/kubectl/describe/load';
import { loadGoTemplates } from '@/kubectl/output/load-go-templates';
import { loadRareTools } from '@/shell/commands/load-rare-tools';

// What a host fetches when a line names it is there in every test.
await Promise.all([loadDescribers(), loadGoTemplates(), loadRareTools()]);
