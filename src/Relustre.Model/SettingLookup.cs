namespace Relustre;

/// <summary>Settings asked by key: what facts are made of.</summary>
internal static class SettingLookup
{
    extension(IEnumerable<Setting> settings)
    {
        /// <summary>The value of the last setting of that key, as the shell sees it; null: none, or an empty one.</summary>
        public string? Last(string key) => settings.LastOrDefault(setting => setting.Key == key).Value?.OrNull;

        /// <summary>The values of every setting of that key, in their order.</summary>
        public IEnumerable<string> All(string key) => from setting in settings where setting.Key == key select setting.Value;
    }
}
