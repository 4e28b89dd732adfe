using System.Text.Json.Nodes;

namespace Cdk.Tests.Support;

/// <summary>Policy statements as comparable lines.</summary>
internal static class Grants
{
    /// <summary>One line <c>action on resource</c> for each pair that a policy document allows.</summary>
    public static IReadOnlyList<string> Allowed(JsonNode document) =>
    [
        .. from statement in document["Statement"]!.AsArray()
           where (string?)statement!["Effect"] == "Allow"
           from action in Intrinsic.Texts(statement["Action"])
           from resource in Intrinsic.Texts(statement["Resource"])
           select $"{action} on {resource}",
    ];

    /// <summary>All identity policies of a stack: inline ones of roles, attached ones and managed ones.</summary>
    public static IReadOnlyList<JsonNode> IdentityPolicies(SynthesisedStack stack) =>
    [
        .. stack.OfType("AWS::IAM::Role").SelectMany(role => role["Properties"]!["Policies"]?.AsArray() ?? [])
            .Select(policy => policy!["PolicyDocument"]!),
        .. stack.OfType("AWS::IAM::Policy").Select(policy => policy["Properties"]!["PolicyDocument"]!),
        .. stack.OfType("AWS::IAM::ManagedPolicy").Select(policy => policy["Properties"]!["PolicyDocument"]!),
    ];
}
