using System.Text.Json.Nodes;

namespace Cdk.Tests.Support;

/// <summary>Resolves the intrinsic functions our template uses, as CloudFormation would, with made-up ids.</summary>
internal static class Intrinsic
{
    private static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::Partition"] = "aws",
        ["AWS::AccountId"] = "111122223333",
        ["AWS::Region"] = "eu-west-1",
        ["AWS::URLSuffix"] = "amazonaws.com",
    };

    /// <summary>The text; a reference to a resource becomes its logical id, an attribute <c>Id.Attribute</c>.</summary>
    public static string Text(JsonNode? node)
    {
        if (node is JsonValue)
        {
            return node.ToString();
        }

        var (function, argument) = Assert.Single(Assert.IsType<JsonObject>(node));
        return function switch
        {
            "Ref" => Pseudo.GetValueOrDefault((string)argument!, (string)argument!),
            "Fn::GetAtt" => string.Join('.', argument!.AsArray().Select(Text)),
            "Fn::Join" => string.Join(Text(argument![0]), argument[1]!.AsArray().Select(Text)),
            "Fn::Base64" => Text(argument),
            "Fn::Sub" => Pseudo.Aggregate((string)argument!, (text, pair) =>
                text.Replace($"${{{pair.Key}}}", pair.Value, StringComparison.Ordinal)),
            _ => throw new NotSupportedException(function),
        };
    }

    /// <summary>One text or a list of texts, as policies have them.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray list ? [.. list.Select(Text)] : [Text(node)];
}
