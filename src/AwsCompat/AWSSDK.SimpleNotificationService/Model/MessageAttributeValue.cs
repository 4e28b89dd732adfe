namespace Amazon.SimpleNotificationService.Model;

/// <summary>A typed value beside a message; subscriptions can filter by it.</summary>
public class MessageAttributeValue
{
    /// <summary><c>String</c>, <c>String.Array</c>, <c>Number</c> or <c>Binary</c>; required.</summary>
    public string? DataType { get; set; }

    /// <summary>The value of every type but Binary.</summary>
    public string? StringValue { get; set; }

    /// <summary>The value of type Binary.</summary>
    public MemoryStream? BinaryValue { get; set; }
}
