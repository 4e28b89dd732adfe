using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>Form parameters of an AWS Query call: absent values are not written, maps become numbered entries.</summary>
internal static class QueryFields
{
    public static void Optional(this ParameterCollection form, string name, string? value)
    {
        if (value is not null)
        {
            form.Add(name, value);
        }
    }

    public static void Optional(this ParameterCollection form, string name, bool? value) =>
        form.Optional(name, value is { } flag ? flag ? "true" : "false" : null);

    /// <summary>Settings of a topic or a subscription.</summary>
    public static void Attributes(this ParameterCollection form, Dictionary<string, string>? attributes)
    {
        var number = 0;
        foreach (var (key, value) in attributes ?? [])
        {
            number++;
            form.Add($"Attributes.entry.{number}.key", key);
            form.Optional($"Attributes.entry.{number}.value", value);
        }
    }

    /// <summary>Typed values beside a message.</summary>
    public static void MessageAttributes(this ParameterCollection form, Dictionary<string, MessageAttributeValue>? attributes)
    {
        var number = 0;
        foreach (var (name, value) in attributes ?? [])
        {
            var prefix = $"MessageAttributes.entry.{++number}.";
            form.Add(prefix + "Name", name);
            form.Optional(prefix + "Value.DataType", value.DataType);
            form.Optional(prefix + "Value.StringValue", value.StringValue);
            if (value.BinaryValue is { } bytes)
            {
                form.Add(prefix + "Value.BinaryValue", Convert.ToBase64String(bytes.ToArray()));
            }
        }
    }
}
