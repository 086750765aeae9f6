using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Storage;

namespace Resilience.Access.Sessions;

/// <summary>The session as a cookie: readable by the server only, sent by our own pages only, gone after 8 idle hours.</summary>
internal static class SessionCookie
{
    internal const string Name = "resilience";

    /// <summary>8 h: a shift. Real time, also in a replay, because it is real people who leave their desks.</summary>
    internal static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Name;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Cookie.IsEssential = true;
            cookie.ExpireTimeSpan = Idle;
            cookie.SlidingExpiration = true;
            cookie.TimeProvider = TimeProvider.System;
            cookie.Events.OnRedirectToLogin = context => RefuseAsync(context, 401, "access.sign-in-needed", "Sign in first.");
            cookie.Events.OnRedirectToAccessDenied = context => RefuseAsync(context, 403, "access.not-allowed", "Your account may not do this.");
        });
        services.AddDataProtection().SetApplicationName("Resilience");
        services.AddOptions<KeyManagementOptions>().Configure<StorageOptions>((keys, storage) =>
            keys.XmlRepository = new KeyFiles(Path.Combine(Path.GetFullPath(storage.DataDirectory), "keys")));
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Coordinator, policy => policy.RequireRole(Roles.Coordinator))
            .AddPolicy(Roles.Volunteer, policy => policy.RequireRole(Roles.Volunteer, Roles.Coordinator));
    }

    /// <summary>Gives the browser a session and shows the person as signed in for the rest of this request.</summary>
    internal static async Task StartAsync(HttpContext http, Caller caller, string role)
    {
        var user = caller.As(role);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, user);
        http.User = user;
    }

    private static async Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string code, string detail)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(response.Body);
        json.WriteStartObject();
        json.WriteString("title", status == 401 ? "Unauthorized" : "Forbidden");
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteString("code", code);
        json.WriteEndObject();
        await json.FlushAsync(context.HttpContext.RequestAborted);
    }
}
