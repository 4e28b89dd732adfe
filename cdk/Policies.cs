using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Cdk;

/// <summary>Policy statements written out, because the grants of the construct library allow more than is used.</summary>
internal static class Policies
{
    /// <summary>Allows exactly these actions on exactly this resource.</summary>
    public static PolicyStatement Allow(
        string sid, string[] actions, string resource, Dictionary<string, object>? conditions = null) =>
        new(new PolicyStatementProps
        {
            Sid = sid,
            Effect = Effect.ALLOW,
            Actions = actions,
            Resources = [resource],
            Conditions = conditions,
        });

    /// <summary>Allows exactly these actions on exactly these resources.</summary>
    public static PolicyStatement Allow(string sid, string[] actions, string[] resources, Dictionary<string, object>? conditions = null) =>
        new(new PolicyStatementProps { Sid = sid, Effect = Effect.ALLOW, Actions = actions, Resources = resources, Conditions = conditions });

    /// <summary>A role of a function, with all it may do in one inline policy: nothing of the function can be created before it.</summary>
    public static Role FunctionRole(Construct scope, IReadOnlyList<PolicyStatement> statements) =>
        new(scope, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["pipeline"] = new(new PolicyDocumentProps { Statements = [.. statements] }),
            },
        });

    /// <summary>What a function needs to write its log.</summary>
    public static PolicyStatement WriteLogs(LogGroup logs) => Allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], logs.LogGroupArn);

    /// <summary>One condition, for example <c>StringEquals</c> of a context key and a value.</summary>
    public static Dictionary<string, object> Condition(string test, string key, string value) =>
        new() { [test] = new Dictionary<string, object> { [key] = value } };
}
