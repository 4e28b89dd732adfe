// Asks the rules "AWS Solutions" of cdk-nag about a template, whatever language made it: each of its resources becomes a construct again.
// node check.mjs TEMPLATE > one line a finding: rule, tab, logical id.
import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';

const app = new App();
// The template has the rule for the bootstrap version already.
const stack = new Stack(app, 'Stack', { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
new CfnInclude(stack, 'Template', { templateFile: process.argv[2] });
const report = new AwsSolutionsChecks(app).validateScope(app);
for (const violation of report.violations) {
  for (const construct of violation.violatingConstructs ?? violation.violatingResources) {
    console.log(`${violation.ruleName}\t${construct.constructPath?.split('/').at(-1) ?? construct.resourceLogicalId}`);
  }
}
