using System.Text.Json;

namespace LocalPipeline.DeployCheck;

/// <summary>Who a template gives which rights to.</summary>
internal static class RoleRights
{
    /// <summary>A role or policy, and its rights.</summary>
    /// <param name="Who">The role or policy by its id, and who takes it.</param>
    /// <param name="Rights">A line a statement: effect, actions, resources, conditions.</param>
    internal sealed record Holder(string Who, IReadOnlyList<string> Rights);

    /// <summary>All roles and policies, in the order of the file.</summary>
    internal static IEnumerable<Holder> Of(StackTemplate template)
    {
        foreach (var one in template.Resources)
        {
            switch (one.Type)
            {
                case "AWS::IAM::Role":
                    yield return new Holder($"{one.Id}, for {Assumers(one)}", [.. Inline(one), .. Attached(one)]);
                    break;
                case "AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy":
                    yield return new Holder($"{one.Id}, a policy", [.. Statements(one.At("PolicyDocument"))]);
                    break;
                case "AWS::Lambda::Permission":
                    yield return new Holder($"{one.Text("FunctionName")}, to {one.Text("Principal")}", [$"may {one.Text("Action")} from {one.Text("SourceArn")}"]);
                    break;
            }
        }
    }

    private static string Assumers(TemplateResource role) => string.Join(", ", Elements(role.At("AssumeRolePolicyDocument"), "Statement")
        .SelectMany(statement => statement.TryGetProperty("Principal", out var principal) && principal.ValueKind == JsonValueKind.Object
            ? principal.EnumerateObject().SelectMany(one => TemplateText.All(one.Value))
            : ["anybody"]));

    private static IEnumerable<string> Inline(TemplateResource role) => Elements(role.Properties, "Policies")
        .SelectMany(policy => policy.TryGetProperty("PolicyDocument", out var document) ? Statements(document) : []);

    private static IEnumerable<string> Attached(TemplateResource role) => TemplateText.All(role.At("ManagedPolicyArns")).Select(policy => $"has policy {policy}");

    private static IEnumerable<string> Statements(JsonElement document) => Elements(document, "Statement").Select(statement =>
        $"{(Part(statement, "Effect") == "Deny" ? "may not" : "may")} {Part(statement, "Action")} on {Part(statement, "Resource")}{Conditions(statement)}");

    private static string Conditions(JsonElement statement) =>
        statement.TryGetProperty("Condition", out var tests) && tests.ValueKind == JsonValueKind.Object
            ? string.Concat(tests.EnumerateObject().Where(test => test.Value.ValueKind == JsonValueKind.Object)
                .SelectMany(test => test.Value.EnumerateObject()).Select(one => $", only where {one.Name} is {TemplateText.Of(one.Value)}"))
            : "";

    private static string Part(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var part) ? string.Join(", ", TemplateText.All(part)) : "(nothing)";

    // A policy may hold one statement that is not in a list.
    private static IEnumerable<JsonElement> Elements(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var list))
        {
            return [];
        }

        return (list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : new[] { list }).Where(one => one.ValueKind == JsonValueKind.Object);
    }
}
