using Amazon.CDK.AWS.SSM;
using Constructs;

namespace Cdk;

/// <summary>
/// Installs and upgrades the agent on running instances through SSM State Manager: at once, whenever the script changes, on each
/// instance that gets the tag, and once a day against drift.
/// </summary>
public sealed class FleetAssociation : Construct
{
    /// <summary>Creates the association.</summary>
    public FleetAssociation(Construct scope, string id, FleetTag tag, string script)
        : base(scope, id)
    {
        new CfnAssociation(this, "Install", new CfnAssociationProps
        {
            Name = "AWS-RunShellScript",
            Targets = new object[] { new CfnAssociation.TargetProperty { Key = $"tag:{tag.Key}", Values = [tag.Value] } },
            Parameters = new Dictionary<string, object>
            {
                ["commands"] = new[] { script },
                ["executionTimeout"] = new[] { "900" },
            },
            ScheduleExpression = "rate(1 day)",
            ApplyOnlyAtCronInterval = false,
            // A bad release stops after a tenth of the fleet.
            MaxConcurrency = "10%",
            MaxErrors = "10%",
            ComplianceSeverity = "HIGH",
        });
    }
}
