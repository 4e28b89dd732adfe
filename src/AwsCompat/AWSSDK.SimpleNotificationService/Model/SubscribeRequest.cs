namespace Amazon.SimpleNotificationService.Model;

/// <summary>Asks for a subscription of an endpoint to a topic.</summary>
public class SubscribeRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic; required.</summary>
    public string? TopicArn { get; set; }

    /// <summary><c>sqs</c>, <c>email</c>, <c>https</c>, <c>lambda</c> and others; required.</summary>
    public string? Protocol { get; set; }

    /// <summary>Where messages go, in the form the protocol asks for.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Settings such as FilterPolicy and RawMessageDelivery.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Whether the ARN is returned also while the subscription awaits confirmation.</summary>
    public bool? ReturnSubscriptionArn { get; set; }
}
