using Amazon.CDK.AWS.IAM;

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

    /// <summary>One condition, for example <c>StringEquals</c> of a context key and a value.</summary>
    public static Dictionary<string, object> Condition(string test, string key, string value) =>
        new() { [test] = new Dictionary<string, object> { [key] = value } };
}
