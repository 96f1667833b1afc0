/** A Deployment `web` of so many Pods `app: web`, as a manifest; `podSpec` in one line of YAML. */
export function webDeployment(replicas: number, podSpec: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: ${podSpec}
`;
}
